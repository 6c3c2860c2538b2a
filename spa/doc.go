// Package spa models cognition with semantic pointers: vectors that stand for
// concepts, and networks of neurons that bind, compare, store, clean up and route
// them (C. Eliasmith, How to Build a Brain, 2013).
//
// A [Vocabulary] gives names to vectors and computes with them:
//
//	vocabulary := spa.NewVocabulary(64)
//	err := vocabulary.Populate("Red; Blue; Circle; Scene = Red*Circle + Blue")
//	scene, err := vocabulary.Parse("Scene * ~Circle")
//
// [State], [Bind], [Compare], [AssocMem] and the others are networks for vectors
// of a vocabulary, made as those of package nef: a struct of parameters, whose Add
// makes the network. [Connect] routes what they represent, and [ActionSelection]
// chooses among rules, both written as text:
//
//	spa.Connect(net, modules, "scene * ~query -> answer")
//
// # Text
//
// Names that begin with a capital letter are semantic pointers, the others
// modules. From loosest to tightest: + and −; * binds two vectors, multiplies two
// numbers or scales a vector by a number; − and ~ before a vector negate it and
// take its approximate inverse. dot(a, b) is the similarity of two vectors.
// translate(a) takes a vector to the vocabulary that is wanted where it stands,
// pointer by pointer of the same name; reinterpret(a) takes it as it is.
// A.unitary() and A.normalized() give a pointer of those properties. 0 and 1
// stand for no vector and for the identity where a vector is wanted.
package spa
