package io.kith.streams.serve;

import java.util.Set;
import org.apache.kafka.streams.state.HostInfo;

/** The instances that share the work, as far as this one knows. Any thread. */
interface Cluster {
  /** This instance. */
  HostInfo self();

  /**
   * Who has a node.
   *
   * @throws ProblemException while the work is being shared out
   */
  Placement placement(String node);

  /** All instances that own a partition. */
  Set<HostInfo> owners();

  /** How many partitions there are. */
  int partitions();
}
