// Package nef holds the networks that models of the Neural Engineering Framework
// are put together from: products, convolutions, integrators, memories, action
// selection.
//
// Each is a struct. Its parameters are set first, the zero value of each meaning
// the default that its tag states; Add makes the network inside of another one
// and gives the struct back with the ends filled in, nodes to connect to and
// from:
//
//	product := nef.Product{NNeurons: 200, Dimensions: 2}.Add(net, "product")
//	net.Connect(a, product.InputA)
//	net.Connect(b, product.InputB)
//	net.Connect(product.Output, c)
//
// A network made here is a [soma.Network] like any other: everything inside can
// be looked at, probed and changed until a simulator is built.
//
// Parameters have the names, the meaning and, where nothing else is said, the
// defaults of Nengo's networks of the same name. A parameter that is wrong is
// reported by soma.Network.Check and by sim.New, with everything else.
package nef
