package equation

// function describes a function of the language.
type function struct {
	args int
	// rule is what it asks of dimensions: "pure" takes and gives pure numbers,
	// "same" gives that of its arguments, which agree, "sqrt" halves, "any" takes
	// any and gives a pure number.
	rule string
	doc  string
}

var functions = map[string]function{
	"exp":       {1, "pure", "e to the power of x"},
	"expm1":     {1, "pure", "e^x - 1, exact near 0"},
	"exprel":    {1, "pure", "(e^x - 1)/x, which is 1 at 0"},
	"log":       {1, "pure", "natural logarithm"},
	"log10":     {1, "pure", "decimal logarithm"},
	"log1p":     {1, "pure", "log(1 + x), exact near 0"},
	"sin":       {1, "pure", "sine"},
	"cos":       {1, "pure", "cosine"},
	"tan":       {1, "pure", "tangent"},
	"sinh":      {1, "pure", "hyperbolic sine"},
	"cosh":      {1, "pure", "hyperbolic cosine"},
	"tanh":      {1, "pure", "hyperbolic tangent"},
	"arcsin":    {1, "pure", "arc sine"},
	"arccos":    {1, "pure", "arc cosine"},
	"arctan":    {1, "pure", "arc tangent"},
	"sqrt":      {1, "sqrt", "square root"},
	"abs":       {1, "same", "absolute value"},
	"floor":     {1, "pure", "the whole number below"},
	"ceil":      {1, "pure", "the whole number above"},
	"int":       {1, "pure", "1 where a condition holds; cuts the fraction off a number"},
	"sign":      {1, "any", "-1, 0 or 1"},
	"min":       {2, "same", "the smaller of two"},
	"max":       {2, "same", "the larger of two"},
	"clip":      {3, "same", "x, kept between two bounds"},
	"where":     {3, "where", "where(condition, x, y): x where it holds, else y"},
	"rand":      {0, "pure", "uniform on [0, 1), drawn anew for every neuron and step"},
	"randn":     {0, "pure", "of the standard normal distribution, drawn anew for every neuron and step"},
	"pow":       {2, "power", "x**y"},
	"heaviside": {1, "any", "1 where x > 0, else 0"},
}

// reserved are names that mean something already and cannot be defined.
var reserved = map[string]string{
	"t": "the time", "dt": "the length of a step", "i": "the number of the neuron", "not_refractory": "whether the neuron can fire",
	"xi": "noise", "and": "an operator", "or": "an operator", "not": "an operator", "True": "the number 1", "False": "the number 0",
}
