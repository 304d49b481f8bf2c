/**
 * The eager NAT model: what a node's record holds, how an interaction changes it, how a pair is
 * scored. Depends on the JDK alone.
 *
 * <p>Source: Luo and Li, "Neighborhood-aware Scalable Temporal Network Representation Learning",
 * LoG 2022; changed for a stream as {@code model/MODEL.md} says. The result is the same bits on
 * every machine: sums have a fixed order, no fused multiply-add, no library function whose last bit
 * is free.
 */
package io.kith.model;
