package io.kith.deploy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kith.deploy.settings.Settings;
import io.kith.deploy.settings.SettingsException;
import io.kith.deploy.topics.Topics;
import io.kith.operators.KithOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Asks the job to forget nodes. */
@Command(
    name = "forget",
    description = {
      "Ask the job to forget nodes: it removes the record of each, empties every slot of every other N-cache that holds"
          + " it, and writes a tombstone (key: the node, no value) to PREFIX.embeddings. The requests go to PREFIX.signals;"
          + " the command does not wait for the job.",
      "",
      "  kith forget ann bob --bootstrap-servers broker:9092",
      "  kith consume embeddings --bootstrap-servers broker:9092       # says 'ann  forgotten' when it is done",
      "",
      "What stays: traces in the learned vectors of those that the node met; its interactions on PREFIX.edges and earlier"
          + " predictions that name it, until the topics let them go; its id on PREFIX.signals, likewise; old checkpoints. An"
          + " interaction that comes later makes it a new node. See docs/forget.md.",
      ""
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:all asked for", "1:failed", "2:wrong settings"})
final class ForgetCommand implements Callable<Integer>, SettingsUser {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Spec CommandSpec spec;

  @Parameters(paramLabel = "NODE", arity = "1..*", description = "Ids of the nodes.")
  List<String> nodes;

  @Option(
      names = "--timestamp",
      paramLabel = "T",
      description =
          "Event time, in the job's timestamp-unit, after whose window the nodes are forgotten. So a job that reads the"
              + " topics anew forgets them at the same place. Default: as soon as the job reads the request.")
  Long timestamp;

  @Override
  public Integer call()
      throws SettingsException, IOException, CommandException, InterruptedException {
    if (nodes.stream().anyMatch(String::isEmpty)) {
      throw new ParameterException(spec.commandLine(), "NODE is empty: length=0");
    }
    Settings settings = load(spec, KithOptions.BOOTSTRAP_SERVERS);
    String servers = settings.get(KithOptions.BOOTSTRAP_SERVERS);
    String topic = settings.topic("signals");
    try (Topics topics = new Topics(servers, settings.kafka())) {
      if (!topics.missing(List.of(topic)).isEmpty()) {
        throw new CommandException(
            "there is no such topic; create it with 'kith topics --bootstrap-servers %s --prefix %s': topic=%s"
                .formatted(servers, settings.get(KithOptions.PREFIX), topic));
      }
    }
    send(servers, settings.kafka(), topic);
    System.out.printf(
        "Asked to forget %d node%s, on %s; tombstones on %s say when it is done%n",
        nodes.size(), nodes.size() == 1 ? "" : "s", topic, settings.topic("embeddings"));
    return 0;
  }

  private void send(String servers, Map<String, String> properties, String topic)
      throws IOException, CommandException, InterruptedException {
    Map<String, Object> all = new HashMap<>();
    all.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, "20000");
    all.putAll(properties);
    all.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, servers);
    KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(all, new ByteArraySerializer(), new ByteArraySerializer());
    try {
      List<Future<RecordMetadata>> sent = new ArrayList<>();
      for (String node : nodes) {
        byte[] key = node.getBytes(StandardCharsets.UTF_8);
        sent.add(producer.send(new ProducerRecord<>(topic, key, request(node))));
      }
      for (Future<RecordMetadata> one : sent) {
        one.get();
      }
    } catch (ExecutionException e) {
      throw new CommandException(
          "Kafka did not take a request (%s): topic=%s".formatted(e.getCause().getMessage(), topic),
          e);
    } finally {
      producer.close(Duration.ofSeconds(2));
    }
  }

  private byte[] request(String node) throws IOException {
    ObjectNode request = JSON.createObjectNode().put("type", "forget").put("node", node);
    if (timestamp != null) {
      request.put("timestamp", timestamp);
    }
    return JSON.writeValueAsBytes(request);
  }
}
