package io.kith.streams.serve;

import java.util.List;
import org.apache.kafka.streams.state.HostInfo;

/**
 * Who has a node.
 *
 * @param partition of the node
 * @param owner keeps it up to date
 * @param standbys keep a copy, in a fixed order
 */
record Placement(int partition, HostInfo owner, List<HostInfo> standbys) {}
