/**
 * Training of the model on a recorded stream, with a backward pass written by hand: MODEL.md,
 * "Training". One thread, plain loops, the same weights from the same seed on every machine.
 */
package io.kith.model.train;
