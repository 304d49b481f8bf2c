package io.kith.operators;

import static org.apache.flink.configuration.ConfigOptions.key;

import io.kith.model.RecordFormat;
import java.time.Duration;
import java.util.List;
import org.apache.flink.configuration.ConfigOption;

/**
 * Every setting of Kith, typed, with its default and its effect. The same name is a key of the
 * settings file ({@code window: 1 s}), an environment variable ({@code KITH_WINDOW}) and a flag
 * ({@code --window}). {@code docs/configuration.md} is generated from this class.
 */
public final class KithOptions {
  /** What happens to a self loop. */
  public enum SelfLoops {
    /** To the dead-letter topic, and counted. */
    DEAD_LETTER,
    /** Dropped, and counted. */
    DROP
  }

  /** Unit of the timestamps that arrive. */
  public enum TimestampUnit {
    SECONDS,
    MILLISECONDS,
    MICROSECONDS,
    NANOSECONDS
  }

  /** What happens when there are more nodes than declared. */
  public enum WhenFull {
    /** The job stops with an error. */
    STOP,
    /** Those whose last interaction is longest ago are forgotten, and counted. */
    FORGET
  }

  /** For which nodes next partners are listed. */
  public enum WhoNextFor {
    /** Those that took part as source. */
    SOURCES,
    /** Those that took part. */
    BOTH
  }

  /** What a consumer of the outputs may rely on after a crash. */
  public enum Delivery {
    /** Repeats possible, each byte for byte what it repeats. */
    AT_LEAST_ONCE,
    /** None twice for consumers that read committed records; outputs appear at checkpoints. */
    EXACTLY_ONCE
  }

  // ------------------------------------------------------------------ Kafka

  public static final ConfigOption<String> BOOTSTRAP_SERVERS =
      key("bootstrap-servers")
          .stringType()
          .noDefaultValue()
          .withDescription("Kafka brokers, host:port separated by commas.");

  public static final ConfigOption<String> PREFIX =
      key("prefix")
          .stringType()
          .defaultValue("kith")
          .withDescription(
              "First part of every topic's name: PREFIX.edges, PREFIX.predictions, ...");

  public static final ConfigOption<String> INPUT_PREFIX =
      key("input-prefix")
          .stringType()
          .noDefaultValue()
          .withDescription(
              "First part of the names of the topics that are read, edges and signals, where it is"
                  + " not PREFIX: for a second job on the same stream, with another model.");

  public static final ConfigOption<Delivery> DELIVERY =
      key("delivery")
          .enumType(Delivery.class)
          .defaultValue(Delivery.AT_LEAST_ONCE)
          .withDescription(
              "at-least-once: repeats after a crash are byte-identical; exactly-once: none twice for"
                  + " read-committed consumers, outputs appear at each checkpoint.");

  // ------------------------------------------------------------------ model and state

  public static final ConfigOption<String> MODEL =
      key("model")
          .stringType()
          .noDefaultValue()
          .withDescription(
              "Weights file (safetensors, format eager-nat/2). Without it the bundled model.");

  public static final ConfigOption<Long> NODES =
      key("nodes")
          .longType()
          .defaultValue(1_000_000L)
          .withDescription(
              "Nodes that the job keeps at most. Memory is nodes times the bytes a node, printed at"
                  + " start.");

  public static final ConfigOption<Duration> NODE_TTL =
      key("node-ttl")
          .durationType()
          .defaultValue(Duration.ZERO)
          .withDescription(
              "A node is forgotten when its last interaction is so long ago in event time, rounded up"
                  + " by at most a 64th, in whole windows. 0 never.");

  public static final ConfigOption<WhenFull> WHEN_FULL =
      key("when-full")
          .enumType(WhenFull.class)
          .defaultValue(WhenFull.STOP)
          .withDescription(
              "At more than nodes: stop: the job stops with an error; forget: the least recently"
                  + " active nodes are forgotten, by key group, each with an equal share of nodes.");

  public static final ConfigOption<String> STATE_DIR =
      key("state-dir")
          .stringType()
          .noDefaultValue()
          .withDescription(
              "Folder for the off-heap files of the N-cache store. Without it they are in memory"
                  + " only. They are never the truth: a restore rebuilds them.");

  // ------------------------------------------------------------------ time

  public static final ConfigOption<Duration> WINDOW =
      key("window")
          .durationType()
          .defaultValue(Duration.ofSeconds(1))
          .withDescription(
              "Length W of an event-time window: shorter is fresher and more accurate. 0 makes each"
                  + " distinct time its own window.");

  public static final ConfigOption<Duration> OUT_OF_ORDERNESS =
      key("out-of-orderness")
          .durationType()
          .defaultValue(Duration.ofSeconds(1))
          .withDescription(
              "How far behind the newest time of its partition an interaction may be before it is"
                  + " late. A late one goes into the first window still open, and is counted.");

  public static final ConfigOption<Duration> IDLE_TIMEOUT =
      key("idle-timeout")
          .durationType()
          .defaultValue(Duration.ofSeconds(1))
          .withDescription(
              "A partition that is silent for so long, and has nothing unread, does not hold back the"
                  + " others, and a silent stream has its last window processed. 0 waits for ever.");

  public static final ConfigOption<TimestampUnit> TIMESTAMP_UNIT =
      key("timestamp-unit")
          .enumType(TimestampUnit.class)
          .defaultValue(TimestampUnit.MILLISECONDS)
          .withDescription("Unit of the timestamps that arrive.");

  public static final ConfigOption<Duration> TIMESTAMP_MAX_AHEAD =
      key("timestamp-max-ahead")
          .durationType()
          .defaultValue(Duration.ofDays(1))
          .withDescription(
              "A timestamp further ahead of the clock than this is refused, as is a negative one.");

  // ------------------------------------------------------------------ input

  public static final ConfigOption<SelfLoops> SELF_LOOPS =
      key("self-loops")
          .enumType(SelfLoops.class)
          .defaultValue(SelfLoops.DEAD_LETTER)
          .withDescription(
              "Interactions of a node with itself: to the dead-letter topic, or dropped. Counted"
                  + " either way.");

  public static final ConfigOption<Integer> MAX_ID_BYTES =
      key("max-id-bytes")
          .intType()
          .defaultValue(1024)
          .withDescription("Ids with more UTF-8 bytes than this are refused.");

  // ------------------------------------------------------------------ output

  public static final ConfigOption<RecordFormat> FORMAT =
      key("format")
          .enumType(RecordFormat.class)
          .defaultValue(RecordFormat.JSON)
          .withDescription(
              "How predictions, embeddings and lists are written: json, or cbor (RFC 8949): the same"
                  + " fields in fewer bytes and in less time. Interactions are read in either.");

  public static final ConfigOption<Integer> NEGATIVES =
      key("negatives")
          .intType()
          .defaultValue(20)
          .withDescription(
              "Other targets among which the true one is ranked; chosen by hash from the targets of"
                  + " its key group, so there may be fewer. 0 switches ranking off.");

  public static final ConfigOption<Double> EXPLAIN_SHARE =
      key("explain-share")
          .doubleType()
          .defaultValue(0.05)
          .withDescription(
              "Share of predictions, 0 to 1, that carry an explanation: the joint neighbourhood of"
                  + " the two nodes. Chosen by a hash of the interaction.");

  public static final ConfigOption<Integer> EXPLAIN_NEIGHBOURS =
      key("explain-neighbours")
          .intType()
          .defaultValue(12)
          .withDescription(
              "Shared neighbours, and neighbours of either node alone, that an explanation lists at"
                  + " most: about 75 bytes each.");

  public static final ConfigOption<Integer> EMBEDDING_NEIGHBOURS =
      key("embedding-neighbours")
          .intType()
          .defaultValue(8)
          .withDescription(
              "The newest partners in a node's N-cache that its embedding record lists, at most:"
                  + " about 75 bytes each. 0 lists none.");

  // ------------------------------------------------------------------ who next

  public static final ConfigOption<Integer> WHO_NEXT =
      key("who-next")
          .intType()
          .defaultValue(0)
          .withDescription(
              "How many next partners are listed for a node that took part in a window, on"
                  + " PREFIX.recommendations. 0 for no lists.");

  public static final ConfigOption<Duration> WHO_NEXT_EVERY =
      key("who-next-every")
          .durationType()
          .defaultValue(Duration.ofMinutes(10))
          .withDescription(
              "A node's list is made at most once in each such span of event time, with its first"
                  + " interaction there. 0 makes it in each window.");

  public static final ConfigOption<Double> WHO_NEXT_SHARE =
      key("who-next-share")
          .doubleType()
          .defaultValue(1.0)
          .withDescription("Share of the nodes that have lists, 0 to 1. Chosen by hash.");

  public static final ConfigOption<WhoNextFor> WHO_NEXT_FOR =
      key("who-next-for")
          .enumType(WhoNextFor.class)
          .defaultValue(WhoNextFor.SOURCES)
          .withDescription(
              "sources: nodes that took part as source have lists; both: targets as well. A list"
                  + " is of targets either way.");

  public static final ConfigOption<Boolean> WHO_NEXT_AGAIN =
      key("who-next-again")
          .booleanType()
          .defaultValue(true)
          .withDescription("Whether partners that the N-cache holds are candidates.");

  public static final ConfigOption<Boolean> WHO_NEXT_FRIENDS =
      key("who-next-friends")
          .booleanType()
          .defaultValue(true)
          .withDescription("Whether partners of partners are candidates, from hop 2.");

  public static final ConfigOption<Integer> WHO_NEXT_POPULAR =
      key("who-next-popular")
          .intType()
          .defaultValue(16)
          .withDescription(
              "How many of the most active targets are candidates of everyone. 0 for none.");

  public static final ConfigOption<Boolean> WHO_NEXT_DISCOVERY =
      key("who-next-discovery")
          .booleanType()
          .defaultValue(false)
          .withDescription("Whether partners that the N-cache holds are left out of the lists.");

  public static final ConfigOption<Integer> WHO_NEXT_MOST =
      key("who-next-most")
          .intType()
          .defaultValue(1000)
          .withDescription(
              "Lists made in a window for the nodes of one key group; the others, chosen by hash,"
                  + " are skipped and counted.");

  // ------------------------------------------------------------------ Flink

  public static final ConfigOption<Integer> PARALLELISM =
      key("parallelism").intType().defaultValue(1).withDescription("Subtasks of each operator.");

  public static final ConfigOption<Integer> MAX_PARALLELISM =
      key("max-parallelism")
          .intType()
          .defaultValue(128)
          .withDescription(
              "Number of key groups: the bound on parallelism for the life of the state, and what"
                  + " negatives are drawn from. Fixed once state exists.");

  public static final ConfigOption<Duration> CHECKPOINT_INTERVAL =
      key("checkpoint-interval")
          .durationType()
          .defaultValue(Duration.ofSeconds(10))
          .withDescription("Time between checkpoints.");

  public static final ConfigOption<String> CHECKPOINT_DIR =
      key("checkpoint-dir")
          .stringType()
          .noDefaultValue()
          .withDescription(
              "Folder or URI for checkpoints and savepoints. Without it they are kept in memory and"
                  + " do not survive the process.");

  /** All of them, in the order of the page. */
  public static final List<ConfigOption<?>> ALL =
      List.of(
          BOOTSTRAP_SERVERS,
          PREFIX,
          INPUT_PREFIX,
          DELIVERY,
          MODEL,
          NODES,
          NODE_TTL,
          WHEN_FULL,
          STATE_DIR,
          WINDOW,
          OUT_OF_ORDERNESS,
          IDLE_TIMEOUT,
          TIMESTAMP_UNIT,
          TIMESTAMP_MAX_AHEAD,
          SELF_LOOPS,
          MAX_ID_BYTES,
          FORMAT,
          NEGATIVES,
          EXPLAIN_SHARE,
          EXPLAIN_NEIGHBOURS,
          EMBEDDING_NEIGHBOURS,
          WHO_NEXT,
          WHO_NEXT_EVERY,
          WHO_NEXT_SHARE,
          WHO_NEXT_FOR,
          WHO_NEXT_AGAIN,
          WHO_NEXT_FRIENDS,
          WHO_NEXT_POPULAR,
          WHO_NEXT_DISCOVERY,
          WHO_NEXT_MOST,
          PARALLELISM,
          MAX_PARALLELISM,
          CHECKPOINT_INTERVAL,
          CHECKPOINT_DIR);

  private KithOptions() {}
}
