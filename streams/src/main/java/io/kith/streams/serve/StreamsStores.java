package io.kith.streams.serve;

import io.kith.model.Embedding;
import io.kith.model.Prediction;
import io.kith.model.Recommendation;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.LagInfo;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/**
 * Reads the stores of Kafka Streams. "Not there" is said only where it is certain: not while a
 * store is being restored, not before the topics have been read, and not by a copy that is behind.
 */
final class StreamsStores implements NodeStores {
  private final KafkaStreams streams;
  private final Restoration restoration;
  private final CatchUp catchUp;
  private final long maxStandbyLag;

  StreamsStores(
      KafkaStreams streams, Restoration restoration, CatchUp catchUp, long maxStandbyLag) {
    this.streams = streams;
    this.restoration = restoration;
    this.catchUp = catchUp;
    this.maxStandbyLag = maxStandbyLag;
  }

  @Override
  public Optional<Embedding> embedding(String node, int partition, Role role) {
    return this.<Embedding>read(ServeApp.EMBEDDINGS, node, partition, role);
  }

  @Override
  public Optional<Recommendation> recommendations(String node, int partition, Role role) {
    return this.<Recommendation>read(ServeApp.RECOMMENDATIONS, node, partition, role);
  }

  @Override
  public List<Prediction> predictions(String node, int partition, Role role) {
    return this.<List<Prediction>>read(ServeApp.PREDICTIONS, node, partition, role)
        .orElse(List.of());
  }

  private <T> Optional<T> read(String store, String node, int partition, Role role) {
    StoreQueryParameters<ReadOnlyKeyValueStore<String, T>> query =
        StoreQueryParameters.fromNameAndType(store, QueryableStoreTypes.<String, T>keyValueStore())
            .withPartition(partition);
    Progress copied = Progress.NONE;
    if (role == Role.STANDBY) {
      copied = copied(store, partition);
      query = query.enableStaleStores();
    }
    T value;
    try {
      value = streams.store(query).get(node);
    } catch (InvalidStateStoreException e) {
      throw ProblemException.restoring(partition, restoration.of(partition));
    }
    if (value == null && !copied.isDone()) {
      throw ProblemException.restoring(partition, copied);
    }
    if (value == null && !catchUp.isDone(partition)) {
      throw ProblemException.restoring(partition, catchUp.of(partition));
    }
    return Optional.ofNullable(value);
  }

  /** How much of the changelog a copy has; refuses one that is too far behind. */
  private Progress copied(String store, int partition) {
    LagInfo lag;
    try {
      lag = streams.allLocalStorePartitionLags().getOrDefault(store, Map.of()).get(partition);
    } catch (IllegalStateException | StreamsException e) {
      throw ProblemException.unavailable(
          "how far the copy is behind cannot be told ("
              + e.getMessage()
              + "): partition="
              + partition,
          List.of());
    }
    if (lag == null) {
      throw ProblemException.restoring(partition, restoration.of(partition));
    }
    Progress copied = new Progress(lag.currentOffsetPosition(), lag.endOffsetPosition());
    if (lag.offsetLag() > maxStandbyLag) {
      throw ProblemException.restoring(partition, copied);
    }
    return copied;
  }
}
