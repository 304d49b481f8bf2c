package io.kith.streams.intake;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.WindowStore;

/**
 * From foreign events to interactions.
 *
 * <pre>
 *   input topics --> intake --> edges          (key: source)
 *                    store  \-> dead-letter    (as they came)
 *                    intake-events
 * </pre>
 *
 * <p>Nothing is repartitioned, so what comes by one partition goes on in its order. A copy is known
 * where it comes by the partition of the first, as it does where an event has a key.
 */
final class IntakeApp {
  static final String STORE = "intake-events";
  static final String EDGES = "edges-out";
  static final String DEAD_LETTERS = "dead-letters-out";
  private static final String EVENTS = "events-in";
  private static final String INTAKE = "intake";

  private IntakeApp() {}

  /**
   * The topology of the application.
   *
   * @param mostBytes of a record that the dead-letter topic takes
   * @param counts are told each event's outcome
   */
  static Topology topology(IntakeSettings settings, int mostBytes, OutcomeCounts counts) {
    Topology topology = new Topology();
    Letters letters = new Letters(mostBytes);
    topology.addSource(
        AutoOffsetReset.earliest(),
        EVENTS,
        IntakeApp::arrival,
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer(),
        settings.topics().toArray(String[]::new));
    topology.addProcessor(INTAKE, () -> new IntakeProcessor(settings, letters, counts), EVENTS);
    if (settings.dropsDuplicates()) {
      topology.addStateStore(store(settings.duplicateWindow()), INTAKE);
    }
    ByteArraySerializer bytes = new ByteArraySerializer();
    topology.addSink(EDGES, settings.edgesTopic(), bytes, bytes, INTAKE);
    topology.addSink(DEAD_LETTERS, settings.deadLetterTopic(), bytes, bytes, INTAKE);
    return topology;
  }

  /** Of several topics what arrived first is taken first, as far as it has been fetched. */
  private static long arrival(ConsumerRecord<Object, Object> record, long partitionTime) {
    return Math.max(0, record.timestamp());
  }

  /**
   * The changelog goes by the broker's clock. By the times of the events it would refuse what is
   * ahead of that, and forget what is long ago before it is restored.
   */
  private static StoreBuilder<WindowStore<String, byte[]>> store(Duration window) {
    Duration retention = Duration.ofMillis(Duplicates.retentionMs(window.toMillis()));
    return Stores.windowStoreBuilder(
            Stores.persistentWindowStore(STORE, retention, window, false),
            Serdes.String(),
            Serdes.ByteArray())
        .withLoggingEnabled(Map.of(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "LogAppendTime"));
  }
}
