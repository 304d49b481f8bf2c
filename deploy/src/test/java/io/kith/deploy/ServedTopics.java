package io.kith.deploy;

import io.kith.deploy.local.EmbeddedKafka;
import io.kith.deploy.topics.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.StringSerializer;

/** Topics for {@code kith serve}: nodes n0, n1, ... with an embedding and a prediction each. */
final class ServedTopics {
  static final int PARTITIONS = 4;

  private ServedTopics() {}

  static void fill(EmbeddedKafka kafka, String prefix, int nodes) throws Exception {
    List<Future<RecordMetadata>> sent = new ArrayList<>();
    try (Topics topics = new Topics(kafka.bootstrapServers(), Map.of())) {
      topics.ensure(prefix, PARTITIONS, (short) 1);
    }
    try (KafkaProducer<String, String> producer = producer(kafka)) {
      for (int i = 0; i < nodes; i++) {
        String node = "n" + i;
        sent.add(producer.send(new ProducerRecord<>(prefix + ".embeddings", node, embedding(i))));
        sent.add(producer.send(new ProducerRecord<>(prefix + ".predictions", node, prediction(i))));
      }
      sent.add(producer.send(new ProducerRecord<>(prefix + ".quality", "total", quality())));
      for (Future<RecordMetadata> each : sent) {
        each.get();
      }
    }
  }

  /** In batches, to topics that may have been made just now. */
  static KafkaProducer<String, String> producer(EmbeddedKafka kafka) {
    return new KafkaProducer<>(
        Map.of(
            "bootstrap.servers", kafka.bootstrapServers(),
            "linger.ms", 20,
            // A first batch that is refused would block those behind it.
            "max.in.flight.requests.per.connection", 1),
        new StringSerializer(),
        new StringSerializer());
  }

  static double vector(int node, int at) {
    return (node * 31 + at * 17) % 64 / 64.0;
  }

  static String embedding(int node) {
    List<String> vector = new ArrayList<>();
    for (int at = 0; at < 16; at++) {
      vector.add(String.valueOf(vector(node, at)));
    }
    return """
        {"node":"n%d","key":"%d","vector":[%s],"window":1,"timestamp":5,"interactions":1,"modelVersion":"m","neighbours":[]}"""
        .formatted(node, node, String.join(",", vector));
  }

  static String prediction(int node) {
    return """
        {"source":"n%d","target":"n%d","timestamp":5,"score":0.5,"window":1,"modelVersion":"m",\
        "sharedNeighbours":0,"negatives":0,"rank":1,"recencyRank":1,"edgeBankRank":1,"recencyScore":0,"met":false,\
        "negativeScore":null,"negativeRecencyScore":null,"negativeMet":null,"explanation":null}"""
        .formatted(node, node + 1);
  }

  private static String quality() {
    return """
        {"windowStart":null,"windowEnd":null,"firstTimestamp":1,"lastTimestamp":2,"predictions":7,\
        "repeats":0,"ranked":0,"meanNegatives":null,"model":null,"recency":null,"edgeBank":null,\
        "modelVersion":"m"}""";
  }
}
