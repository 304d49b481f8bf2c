package io.kith.operators;

import io.kith.model.Candidates.Origin;
import io.kith.model.RecordFormat;
import io.kith.model.Weights;
import io.kith.model.WeightsFile;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.ReadableConfig;

/** Holds the settings against what the job can do, and finds all faults at once. */
final class JobChecks {
  /** Flink's own bound on key groups. */
  private static final int MOST_KEY_GROUPS = 1 << 15;

  /** Beyond what as many subtasks can hold. */
  private static final long MOST_NODES = 1L << 44;

  private static final int LONGEST_ID = 1 << 16;
  private static final int MOST_NEGATIVES = 10_000;
  private static final int MOST_NEIGHBOURS = 1_000;

  private static final Pattern TOPIC = Pattern.compile("[A-Za-z0-9._-]{1,200}");

  private final List<String> faults = new ArrayList<>();
  private final ReadableConfig settings;

  private JobChecks(ReadableConfig settings) {
    this.settings = settings;
  }

  /**
   * The settings as the operators want them.
   *
   * @param settings values of {@link KithOptions}
   * @param flink the configuration of the environment that will run the job
   * @param weightsFile bytes of the weights file
   * @param bounded whether the input ends
   * @param kafka whether the job reads from Kafka and writes to it
   * @throws IllegalArgumentException listing every fault, each with the setting and its value
   */
  static JobSettings check(
      ReadableConfig settings,
      ReadableConfig flink,
      byte[] weightsFile,
      boolean bounded,
      boolean kafka) {
    JobChecks checks = new JobChecks(settings);
    if (kafka) {
      checks.checkKafka();
    }
    return checks.run(flink, weightsFile, bounded);
  }

  private JobSettings run(ReadableConfig flink, byte[] weightsFile, boolean bounded) {
    checkFlink(flink);
    int features = features(weightsFile);
    int maxParallelism =
        (int)
            within(
                KithOptions.MAX_PARALLELISM,
                get(KithOptions.MAX_PARALLELISM, 1),
                1,
                MOST_KEY_GROUPS);
    int parallelism =
        (int) within(KithOptions.PARALLELISM, get(KithOptions.PARALLELISM, 1), 1, MOST_KEY_GROUPS);
    if (parallelism > maxParallelism) {
      faults.add(
          "parallelism above the number of key groups: lower it or raise max-parallelism;"
              + " parallelism=%d, max-parallelism=%d".formatted(parallelism, maxParallelism));
    }
    long window = ms(KithOptions.WINDOW);
    long outOfOrderness = ms(KithOptions.OUT_OF_ORDERNESS);
    long idleTimeout = ms(KithOptions.IDLE_TIMEOUT);
    long ahead = ms(KithOptions.TIMESTAMP_MAX_AHEAD);
    long interval = ms(KithOptions.CHECKPOINT_INTERVAL);
    within(KithOptions.CHECKPOINT_INTERVAL, interval, 10, Integer.MAX_VALUE);
    int idBytes =
        (int) within(KithOptions.MAX_ID_BYTES, get(KithOptions.MAX_ID_BYTES, 1), 1, LONGEST_ID);
    int negatives =
        (int) within(KithOptions.NEGATIVES, get(KithOptions.NEGATIVES, 0), 0, MOST_NEGATIVES);
    double explainShare = share(KithOptions.EXPLAIN_SHARE);
    int explainNeighbours = neighbours(KithOptions.EXPLAIN_NEIGHBOURS);
    int embeddingNeighbours = neighbours(KithOptions.EMBEDDING_NEIGHBOURS);
    RecordFormat format = get(KithOptions.FORMAT, RecordFormat.JSON);
    WhoNextSettings whoNext = whoNext();
    Retention retention =
        new Retention(
            within(KithOptions.NODES, get(KithOptions.NODES, 1L), 1, MOST_NODES),
            ms(KithOptions.NODE_TTL),
            get(KithOptions.WHEN_FULL, KithOptions.WhenFull.STOP));
    KithOptions.TimestampUnit unit =
        get(KithOptions.TIMESTAMP_UNIT, KithOptions.TimestampUnit.MILLISECONDS);
    KithOptions.SelfLoops selfLoops =
        get(KithOptions.SELF_LOOPS, KithOptions.SelfLoops.DEAD_LETTER);
    if (!faults.isEmpty()) {
      throw new IllegalArgumentException(
          "configuration has %d fault%s: %s"
              .formatted(faults.size(), faults.size() == 1 ? "" : "s", String.join("; ", faults)));
    }
    return new JobSettings(
        weightsFile,
        new Windows(window),
        outOfOrderness,
        idleTimeout,
        new ParserSettings(features, unit, ahead, idBytes),
        selfLoops,
        new PredictionSettings(negatives, explainShare, explainNeighbours),
        whoNext,
        embeddingNeighbours,
        format,
        new KeyGroups(maxParallelism, parallelism),
        retention,
        get(KithOptions.STATE_DIR, null),
        bounded);
  }

  private WhoNextSettings whoNext() {
    int k = (int) within(KithOptions.WHO_NEXT, get(KithOptions.WHO_NEXT, 0), 0, MOST_NEIGHBOURS);
    Set<Origin> origins = EnumSet.noneOf(Origin.class);
    if (get(KithOptions.WHO_NEXT_AGAIN, true)) {
      origins.add(Origin.AGAIN);
    }
    if (get(KithOptions.WHO_NEXT_FRIENDS, true)) {
      origins.add(Origin.FRIENDS_OF_FRIENDS);
    }
    int popular =
        (int)
            within(
                KithOptions.WHO_NEXT_POPULAR,
                get(KithOptions.WHO_NEXT_POPULAR, 0),
                0,
                MOST_NEIGHBOURS);
    if (popular > 0) {
      origins.add(Origin.POPULAR);
    }
    boolean discovery = get(KithOptions.WHO_NEXT_DISCOVERY, false);
    boolean none = discovery ? Set.of(Origin.AGAIN).containsAll(origins) : origins.isEmpty();
    if (k > 0 && none) {
      faults.add(
          "no candidates to list: switch an origin on, or lists off by who-next: 0; who-next=%d, who-next-again=%s, who-next-friends=%s, who-next-popular=%d, who-next-discovery=%s"
              .formatted(
                  k,
                  get(KithOptions.WHO_NEXT_AGAIN, true),
                  get(KithOptions.WHO_NEXT_FRIENDS, true),
                  popular,
                  discovery));
    }
    return new WhoNextSettings(
        k,
        ms(KithOptions.WHO_NEXT_EVERY),
        share(KithOptions.WHO_NEXT_SHARE),
        get(KithOptions.WHO_NEXT_FOR, KithOptions.WhoNextFor.SOURCES)
            == KithOptions.WhoNextFor.BOTH,
        origins,
        discovery,
        popular,
        (int)
            within(
                KithOptions.WHO_NEXT_MOST,
                get(KithOptions.WHO_NEXT_MOST, 1),
                1,
                Integer.MAX_VALUE));
  }

  private void checkKafka() {
    if (get(KithOptions.BOOTSTRAP_SERVERS, null) == null) {
      faults.add("no Kafka to read from: set it to host:port; bootstrap-servers=null");
    }
    String prefix = get(KithOptions.PREFIX, "");
    if (!TOPIC.matcher(prefix).matches()) {
      faults.add("prefix is no part of a topic's name: letters, digits, . _ -; prefix=" + prefix);
    }
    get(KithOptions.DELIVERY, KithOptions.Delivery.AT_LEAST_ONCE);
  }

  private void checkFlink(ReadableConfig flink) {
    if (flink.get(CheckpointingOptions.ENABLE_UNALIGNED)) {
      faults.add(
          "unaligned checkpoints would split windows: switch them off;"
              + " execution.checkpointing.unaligned.enabled=true");
    }
    RuntimeExecutionMode mode = flink.get(ExecutionOptions.RUNTIME_MODE);
    if (mode != RuntimeExecutionMode.STREAMING) {
      faults.add("only streaming mode closes windows: execution.runtime-mode=" + mode);
    }
    int concurrent = flink.get(CheckpointingOptions.MAX_CONCURRENT_CHECKPOINTS);
    if (concurrent != 1) {
      faults.add(
          "one checkpoint at a time: execution.checkpointing.max-concurrent-checkpoints="
              + concurrent);
    }
  }

  private int features(byte[] weightsFile) {
    try {
      Weights weights = WeightsFile.read("the job's model", new ByteArrayInputStream(weightsFile));
      return weights.sizes().features();
    } catch (IllegalArgumentException e) {
      faults.add("model cannot be used: " + e.getMessage());
      return 0;
    }
  }

  /** A setting's value; what cannot be read is a fault, and {@code otherwise} goes on for it. */
  private <T> T get(ConfigOption<T> option, T otherwise) {
    try {
      T value = settings.get(option);
      return value == null ? otherwise : value;
    } catch (IllegalArgumentException e) {
      faults.add("%s cannot be read: %s".formatted(option.key(), e.getMessage()));
      return otherwise;
    }
  }

  private long ms(ConfigOption<Duration> option) {
    Duration value = get(option, Duration.ofSeconds(1));
    if (value.compareTo(Duration.ofDays(365L * 1000)) > 0) {
      faults.add(
          "%s too long: %s=%s, most=1000 years".formatted(option.key(), option.key(), value));
      return 1;
    }
    return within(option, value.toMillis(), 0, Long.MAX_VALUE);
  }

  private int neighbours(ConfigOption<Integer> option) {
    return (int) within(option, get(option, 0), 0, MOST_NEIGHBOURS);
  }

  private double share(ConfigOption<Double> option) {
    double value = get(option, 0.0);
    if (!(value >= 0 && value <= 1)) {
      faults.add("%s is no share, 0 to 1: %s=%s".formatted(option.key(), option.key(), value));
      return 0;
    }
    return value;
  }

  private long within(ConfigOption<?> option, long value, long least, long most) {
    if (value < least || value > most) {
      String name = option.key();
      faults.add(
          value < least
              ? "%s too small: %s=%d, least=%d".formatted(name, name, value, least)
              : "%s too large: %s=%d, most=%d".formatted(name, name, value, most));
      return least;
    }
    return value;
  }
}
