/**
 * How good predictions are: replay of a recorded stream on the heap, the figures of the literature,
 * and the two rules that need no training.
 */
package io.kith.model.evaluate;
