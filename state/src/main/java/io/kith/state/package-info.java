/**
 * The record of a node and the stores that hold it. Knows no Flink and no model.
 *
 * <p>{@link io.kith.state.RecordLayout} says where each field lies, {@link
 * io.kith.state.RecordFlyweight} reads and writes them in place, {@link io.kith.state.NodeStore}
 * keeps one record for each node. The record is drawn in {@code state/SPEC.md}.
 */
package io.kith.state;
