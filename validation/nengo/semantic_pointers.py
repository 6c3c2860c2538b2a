# Errors of nengo_spa's modules for constant semantic pointers: root mean square
# over time (after 0.2 s), elements and trials, output filtered with 30 ms.
import json, numpy as np, nengo, nengo_spa as spa
def rmse(build, trials=6):
    total = 0
    for k in range(trials):
        vocab = spa.Vocabulary(64, pointer_gen=np.random.RandomState(k), max_similarity=1)
        vocab.populate("A; B")
        with spa.Network(seed=k) as m:
            out, want = build(vocab)
            p = nengo.Probe(out, synapse=0.03)
        with nengo.Simulator(m, progress_bar=False) as s: s.run(0.5)
        total += ((s.data[p][200:] - want) ** 2).mean() / trials
    return float(total ** 0.5)
def give(vocab, text, to): nengo.Connection(nengo.Node(vocab.parse(text).v), to, synapse=None)
def state(text):
    def b(vocab):
        s = spa.State(vocab); give(vocab, text, s.input); return s.output, vocab.parse(text).v
    return b
def bind(vocab):
    s = spa.Bind(vocab); give(vocab, "A", s.input_left); give(vocab, "B", s.input_right); return s.output, vocab.parse("A*B").v
def compare(y):
    def b(vocab):
        s = spa.Compare(vocab); give(vocab, "A", s.input_a); give(vocab, y, s.input_b); return s.output, vocab.parse("A").dot(vocab.parse(y))
    return b
print(json.dumps({"state": rmse(state("A")), "state of the identity": rmse(state("Identity")), "bind": rmse(bind), "compare equal": rmse(compare("A")), "compare different": rmse(compare("B"))}, indent=1))
