// Package connect says how one object reaches another: the transforms that
// multiply values on their way, and the rules by which neurons have synapses
// onto neurons.
//
// A [Transform] is a number ([Scale]) or a matrix ([Dense]).
//
// A [Rule] draws single synapses between two populations: [OneToOne],
// [AllToAll], [Explicit], [FixedIndegree], [FixedOutdegree], [FixedTotal] and
// [Bernoulli]. A [Value] gives each synapse its weight or delay: a [Constant],
// an [Array], or a distribution such as [Normal] or [Uniform].
//
// Neurons may have [Positions]: on a [Grid], [Scatter]ed, or at given [Points];
// on a line, in a plane or in space, which are periodic if wanted. Then [Spatial]
// and [SpatialIndegree] draw synapses by distance, and [ByDistance] gives weights
// and delays. A [Profile] is the function of the distance: [Box], [Gaussian],
// [Exponential], [Linear], or a [Function] of one's own. Lengths have the unit in
// which positions are given; metres, when velocities are to be in m/s.
//
// What is random is drawn from a stream at the index of the target (or source),
// so that a network is the same however it is divided among threads. A rule of
// one's own must keep to that; see [Rule].
package connect
