package io.kith.deploy.topics;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Creates Kith's topics where they are missing, and says how those that exist differ. */
public final class Topics implements AutoCloseable {
  /** Of a topic split by node, where nobody says how many. */
  public static final int DEFAULT_PARTITIONS = 4;

  private static final long TIMEOUT_SECONDS = 20;
  private static final long MS_BETWEEN_TRIES = 50;

  private final Admin admin;
  private final String servers;

  /**
   * Connects when first used.
   *
   * @param properties further ones of Kafka's clients
   */
  public Topics(String bootstrapServers, Map<String, String> properties) {
    Map<String, Object> all = new HashMap<>(properties);
    all.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    all.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) TIMEOUT_SECONDS * 1000);
    all.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, 5000);
    this.admin = Admin.create(all);
    this.servers = bootstrapServers;
  }

  /**
   * What became of a topic.
   *
   * @param created false where it was there
   * @param differences one line each, e.g. {@code cleanup.policy=delete, expected=compact}
   */
  public record Outcome(
      String topic, String purpose, int partitions, boolean created, List<String> differences) {
    public Outcome {
      differences = List.copyOf(differences);
    }
  }

  /**
   * Looks at every topic of the prefix and creates the missing ones.
   *
   * @param partitions of the topics that are split by node; 0 where any number will do, then new
   *     ones get {@value #DEFAULT_PARTITIONS}
   * @param replication -1 for the broker's default, and where any will do
   */
  public List<Outcome> ensure(String prefix, int partitions, short replication)
      throws InterruptedException {
    Set<String> existing = await(admin.listTopics().names());
    int made = partitions == 0 ? DEFAULT_PARTITIONS : partitions;
    List<NewTopic> missing = new ArrayList<>();
    List<String> present = new ArrayList<>();
    for (TopicPlan plan : TopicPlan.ALL) {
      if (existing.contains(plan.name(prefix))) {
        present.add(plan.name(prefix));
      } else {
        missing.add(plan.create(prefix, made, replication));
      }
    }
    await(admin.createTopics(missing).all());
    awaitLeaders(missing);
    Map<String, TopicDescription> described = await(admin.describeTopics(present).allTopicNames());
    Map<ConfigResource, Config> configs = await(admin.describeConfigs(resources(present)).all());
    TopicDescription embeddings = described.get(prefix + ".embeddings");
    int split = embeddings == null ? made : embeddings.partitions().size();
    TopicDifferences differences = new TopicDifferences(prefix, partitions, replication);
    List<Outcome> outcomes = new ArrayList<>();
    for (TopicPlan plan : TopicPlan.ALL) {
      String name = plan.name(prefix);
      TopicDescription found = described.get(name);
      if (found == null) {
        int number = plan.create(prefix, made, replication).numPartitions();
        outcomes.add(
            new Outcome(
                name, plan.purpose(), number, true, differences.split(plan, number, split)));
      } else {
        Config config = configs.get(new ConfigResource(ConfigResource.Type.TOPIC, name));
        outcomes.add(
            new Outcome(
                name,
                plan.purpose(),
                found.partitions().size(),
                false,
                differences.of(plan, found, config, split)));
      }
    }
    return outcomes;
  }

  /**
   * Waits until the brokers that are to lead new partitions do. Before that a broker refuses an
   * idempotent producer's first batch and may take the second: then the first never gets in. Until
   * it has heard of a topic a broker says that there is none.
   */
  private void awaitLeaders(List<NewTopic> created) throws InterruptedException {
    Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
    for (NewTopic topic : created) {
      for (int partition = 0; partition < topic.numPartitions(); partition++) {
        ends.put(new TopicPartition(topic.name(), partition), OffsetSpec.latest());
      }
    }
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(TIMEOUT_SECONDS);
    KafkaFuture<?> answer = admin.listOffsets(ends).all();
    while (unknown(answer) && System.nanoTime() < deadline) {
      TimeUnit.MILLISECONDS.sleep(MS_BETWEEN_TRIES);
      answer = admin.listOffsets(ends).all();
    }
    await(answer);
  }

  /** Whether a broker has not heard of a topic. */
  private static boolean unknown(KafkaFuture<?> answer) throws InterruptedException {
    try {
      answer.get(TIMEOUT_SECONDS + 5, TimeUnit.SECONDS);
      return false;
    } catch (ExecutionException e) {
      return e.getCause() instanceof UnknownTopicOrPartitionException;
    } catch (TimeoutException e) {
      return false;
    }
  }

  /** The topics of the prefix that do not exist. */
  public List<String> missing(Collection<String> names) throws InterruptedException {
    Set<String> existing = await(admin.listTopics().names());
    return names.stream().filter(name -> !existing.contains(name)).toList();
  }

  /** Number of records ever written to each topic whose name begins so; markers count too. */
  public Map<String, Long> records(String prefix) throws InterruptedException {
    List<String> names =
        await(admin.listTopics().names()).stream().filter(n -> n.startsWith(prefix)).toList();
    Map<String, Long> records = new HashMap<>();
    offsets(names, OffsetSpec.latest())
        .forEach((partition, end) -> records.merge(partition.topic(), end, Long::sum));
    return records;
  }

  /**
   * Number of records of a topic behind what a group of consumers has committed; a producer's
   * markers count too.
   */
  public long unread(String topic, String group) throws InterruptedException {
    Map<TopicPartition, OffsetAndMetadata> committed =
        await(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata());
    Map<TopicPartition, Long> starts = offsets(List.of(topic), OffsetSpec.earliest());
    long unread = 0;
    for (Map.Entry<TopicPartition, Long> end :
        offsets(List.of(topic), OffsetSpec.latest()).entrySet()) {
      long start = starts.get(end.getKey());
      OffsetAndMetadata read = committed.get(end.getKey());
      unread += end.getValue() - (read == null ? start : Math.max(start, read.offset()));
    }
    return unread;
  }

  private Map<TopicPartition, Long> offsets(Collection<String> names, OffsetSpec spec)
      throws InterruptedException {
    Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
    await(admin.describeTopics(names).allTopicNames())
        .forEach(
            (name, topic) ->
                topic
                    .partitions()
                    .forEach(p -> asked.put(new TopicPartition(name, p.partition()), spec)));
    Map<TopicPartition, Long> offsets = new HashMap<>();
    await(admin.listOffsets(asked).all())
        .forEach((partition, found) -> offsets.put(partition, found.offset()));
    return offsets;
  }

  private static List<ConfigResource> resources(List<String> names) {
    return names.stream().map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name)).toList();
  }

  private <T> T await(KafkaFuture<T> future) throws InterruptedException {
    try {
      return future.get(TIMEOUT_SECONDS + 5, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      String why = e.getCause() == null ? e.toString() : e.getCause().getMessage();
      throw new KafkaUnreachableException(why, servers, e);
    } catch (TimeoutException e) {
      throw new KafkaUnreachableException("no answer", servers, e);
    }
  }

  @Override
  public void close() {
    admin.close(Duration.ofSeconds(2));
  }
}
