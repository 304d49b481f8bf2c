package io.kith.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.kith.deploy.EdgeProducer;
import io.kith.deploy.local.EmbeddedFlink;
import io.kith.deploy.settings.Settings;
import io.kith.model.Interaction;
import io.kith.model.RecordFormat;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;

/**
 * From handing an interaction to Kafka's producer until its prediction is read, at half of the rate
 * that a job between the same broker's topics has just reached. An interaction's timestamp is the
 * time at which it is sent, so a prediction says when that was.
 */
final class KafkaLatency implements Measure {
  private static final int SECONDS = 7;
  private static final int FIRST_SECONDS = 3;
  private static final int LAST_SECONDS = 1;
  private static final double SHARE = 0.5;
  private static final double QUANTILE = 0.99;
  private static final Duration POLL = Duration.ofMillis(10);
  private static final long PATIENCE_NANOS = 60_000_000_000L;

  private final BenchStream stream;
  private final ObjectMapper json = new ObjectMapper();

  KafkaLatency(BenchStream stream) {
    this.stream = stream;
  }

  @Override
  public String name() {
    return "latency";
  }

  @Override
  public String what() {
    return "interaction to prediction, windows of 100 ms, half of the rate: p99, ms";
  }

  @Override
  public String target() {
    return "250, better 150";
  }

  @Override
  public double[] run(int repeats, Consumer<String> step) throws Exception {
    List<Interaction> live = JobSpeed.live(stream.interactions());
    step.accept("starting Kafka");
    try (KafkaStage stage = KafkaStage.open(stream.nodes(), RecordFormat.JSON)) {
      step.accept("warming up");
      KafkaSpeed.once(stage, live);
      step.accept("looking for the rate");
      double perSecond = SHARE * 1_000 * KafkaSpeed.once(stage, live);
      double[] millis = new double[repeats];
      for (int i = 0; i < repeats; i++) {
        step.accept("round %d of %d, at %.0f/s".formatted(i + 1, repeats, perSecond));
        millis[i] = once(stage, perSecond);
      }
      return millis;
    }
  }

  private double once(KafkaStage stage, double perSecond) throws Exception {
    Settings settings = stage.topics();
    int first = (int) (FIRST_SECONDS * perSecond); // while the job starts
    int end = first + (int) (SECONDS * perSecond);
    // The last window waits for silence, as no later one closes it: not what a stream waits for.
    int total = end + (int) (LAST_SECONDS * perSecond);
    ExecutorService sender = Executors.newSingleThreadExecutor();
    try (KafkaConsumer<byte[], byte[]> consumer = stage.predictions(settings);
        EmbeddedFlink flink = stage.job(settings)) {
      Future<?> sent =
          sender.submit(
              () -> {
                send(stage, settings, total, perSecond);
                return null;
              });
      double[] millis = new double[total];
      int found = 0;
      long deadline = System.nanoTime() + PATIENCE_NANOS;
      while (found < total) {
        for (ConsumerRecord<byte[], byte[]> entry : consumer.poll(POLL)) {
          long then = json.readTree(entry.value()).path("timestamp").asLong();
          millis[found++] = (double) System.currentTimeMillis() - then;
        }
        if (flink.ended() || System.nanoTime() > deadline) {
          throw new IllegalStateException(
              "predictions stay away: found=%d, expected=%d, job ended=%s"
                  .formatted(found, total, flink.ended()));
        }
      }
      sent.get();
      double[] late = Arrays.copyOfRange(millis, first, end);
      Arrays.sort(late);
      return late[(int) (QUANTILE * (late.length - 1))];
    } finally {
      sender.shutdownNow();
    }
  }

  private void send(KafkaStage stage, Settings settings, int total, double perSecond)
      throws Exception {
    List<Interaction> recorded = stream.interactions();
    try (EdgeProducer producer = stage.producer(settings)) {
      long start = System.nanoTime();
      for (int i = 0; i < total; i++) {
        LockSupport.parkNanos(start + (long) (i * 1e9 / perSecond) - System.nanoTime());
        Interaction pair = recorded.get(i % recorded.size());
        producer.send(new Interaction(pair.source(), pair.target(), System.currentTimeMillis()));
      }
      producer.flush();
    }
  }
}
