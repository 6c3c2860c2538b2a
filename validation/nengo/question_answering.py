# The question-answering example as a model of Nengo SPA: what it answers.
import time, nengo, nengo_spa as spa, numpy as np
t0=time.time()
v=spa.Vocabulary(64, pointer_gen=np.random.RandomState(1)); v.populate("STATEMENT; QUESTION; RED; BLUE; CIRCLE; SQUARE")
def at(ts): 
    def f(t):
        r="0"
        for a,b in ts:
            if t>=a: r=b
        return r
    return f
with spa.Network(seed=1) as m:
    kind=spa.Transcode(at([(.1,"STATEMENT"),(.35,"0"),(.5,"STATEMENT"),(.75,"0"),(.9,"QUESTION"),(1.15,"0"),(1.25,"QUESTION")]),output_vocab=v)
    vision=spa.Transcode(at([(.1,"RED*CIRCLE"),(.35,"0"),(.5,"BLUE*SQUARE"),(.75,"0"),(.9,"RED"),(1.15,"0"),(1.25,"SQUARE")]),output_vocab=v)
    memory=spa.State(v,feedback=1.); answer=spa.State(v)
    with spa.ActionSelection():
        spa.ifmax(spa.dot(kind,spa.sym.STATEMENT), .4*vision>>memory)
        spa.ifmax(spa.dot(kind,spa.sym.QUESTION), memory*~vision>>answer)
        spa.ifmax(0.5)
    p=nengo.Probe(answer.output,synapse=.03)
print(m.n_neurons); 
with nengo.Simulator(m,progress_bar=False) as s:
    t1=time.time(); s.run(1.5); t2=time.time()
for t in (1140,1490): print({k:round(float(v.dot(s.data[p][t])[i]),2) for i,k in enumerate(v.keys())})
print("build %.2f run %.2f"%(t1-t0,t2-t1))
