package io.kith.streams.serve;

import io.kith.model.Embedding;
import io.kith.model.Prediction;
import io.kith.model.Recommendation;
import java.util.List;
import java.util.Optional;

/** What this instance has of the nodes. Any thread. */
interface NodeStores {
  /** In what capacity this instance is asked. */
  enum Role {
    OWNER,
    STANDBY
  }

  /**
   * The newest embedding of a node; empty where there is surely none.
   *
   * @throws ProblemException with status 503 while that cannot be said
   */
  Optional<Embedding> embedding(String node, int partition, Role role);

  /**
   * The latest list of a node's next partners; empty where there surely is none.
   *
   * @throws ProblemException with status 503 while that cannot be said
   */
  Optional<Recommendation> recommendations(String node, int partition, Role role);

  /**
   * The newest predictions of a node, the newest first; empty where there surely are none.
   *
   * @throws ProblemException with status 503 while that cannot be said
   */
  List<Prediction> predictions(String node, int partition, Role role);
}
