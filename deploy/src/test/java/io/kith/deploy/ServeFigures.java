package io.kith.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.kith.deploy.local.EmbeddedKafka;
import io.kith.deploy.local.Folders;
import io.kith.deploy.topics.Topics;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.StringJoiner;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

/**
 * Prints how many embeddings one instance of {@code kith serve} takes in, how long it takes to be
 * restored from Kafka, and how fast it answers over HTTP. Needs the built streams module.
 * Arguments: nodes, dimension; 100000 and 64 unless given.
 */
public final class ServeFigures {
  private static final int PARTITIONS = 4;
  private static final int CENTRES = 1000;
  private static final int K = 10;
  private static final int RECALL_QUERIES = 200;
  private static final String ADDRESS = "http://127.0.0.1:18499";
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private ServeFigures() {}

  public static void main(String[] arguments) throws Exception {
    int nodes = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 100_000;
    int dimension = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 64;
    Path folder = Files.createTempDirectory("serve-figures");
    try (EmbeddedKafka kafka = EmbeddedKafka.start(folder.resolve("kafka"), 0, false)) {
      try (Topics topics = new Topics(kafka.bootstrapServers(), Map.of())) {
        topics.ensure("kith", PARTITIONS, (short) 1);
      }
      float[][] vectors = send(kafka, nodes, dimension);
      absorb(kafka, folder.resolve("first"), nodes);
      restore(kafka, folder.resolve("second"), vectors);
    } finally {
      Folders.delete(folder);
    }
    System.exit(0);
  }

  private static void absorb(EmbeddedKafka kafka, Path state, int nodes) throws Exception {
    Process process = start(kafka, state);
    await(process, () -> figure("kith_serve_embeddings_total") > 0);
    double before = figure("kith_serve_embeddings_total");
    long began = System.nanoTime();
    await(process, () -> figure("kith_serve_embeddings_total") >= nodes);
    System.out.printf("absorbed: %.0f embeddings a second%n", (nodes - before) / since(began));
    await(process, () -> status("/health/ready") == 200);
    process.destroy();
    process.waitFor();
  }

  private static void restore(EmbeddedKafka kafka, Path state, float[][] vectors) throws Exception {
    int nodes = vectors.length;
    long began = System.nanoTime();
    Process process = start(kafka, state);
    await(process, () -> status("/health/live") == 200);
    System.out.printf("restore: the process answers after %.1f s%n", since(began));
    await(process, () -> status("/health/ready") == 200);
    System.out.printf("restore: %d nodes are there after %.1f s%n", nodes, since(began));
    latency("similar?k=10 over HTTP, scanned", nodes, 100);
    await(process, () -> figure("kith_serve_index_waiting") == 0);
    System.out.printf("restore: all in the graph after %.1f s%n", since(began));
    latency("similar?k=10 over HTTP, by the graph", nodes, 1000);
    System.out.printf("recall@10 over HTTP, by the graph: %.3f%n", recall(vectors));
    System.out.printf(
        "heap in use: %.0f MB%n", figure("jvm_memory_used_bytes{area=\"heap\"") / 1e6);
    process.destroy();
    process.waitFor();
  }

  private static void latency(String what, int nodes, int queries) {
    long[] nanos = new long[queries];
    for (int i = 0; i < queries; i++) {
      long began = System.nanoTime();
      get("/v1/nodes/n" + (i * 7919L) % nodes + "/similar?k=10");
      nanos[i] = System.nanoTime() - began;
    }
    Arrays.sort(nanos);
    System.out.printf(
        "%s: median %.1f ms, 99th percentile %.1f ms%n",
        what, nanos[queries / 2] / 1e6, nanos[queries * 99 / 100] / 1e6);
  }

  /** Part of the 10 nearest by brute force that an answer has, over 200 nodes. */
  private static double recall(float[][] vectors) throws IOException {
    float[][] units = new float[vectors.length][];
    for (int i = 0; i < vectors.length; i++) {
      units[i] = unit(vectors[i]);
    }
    int found = 0;
    for (int query = 0; query < RECALL_QUERIES; query++) {
      int node = (int) (query * 7919L % vectors.length);
      Set<String> nearest = nearest(units, node);
      JsonNode answer = new JsonMapper().readTree(get("/v1/nodes/n" + node + "/similar?k=" + K));
      for (JsonNode each : answer.get("similar")) {
        found += nearest.contains(each.get("node").asText()) ? 1 : 0;
      }
    }
    return found / (double) (RECALL_QUERIES * K);
  }

  private static Set<String> nearest(float[][] units, int node) {
    return IntStream.range(0, units.length)
        .filter(other -> other != node)
        .boxed()
        .map(other -> Map.entry(other, product(units[node], units[other])))
        .sorted(Map.Entry.<Integer, Double>comparingByValue().reversed())
        .limit(K)
        .map(entry -> "n" + entry.getKey())
        .collect(Collectors.toSet());
  }

  private static float[] unit(float[] vector) {
    double length = Math.sqrt(product(vector, vector));
    float[] unit = new float[vector.length];
    for (int i = 0; i < unit.length; i++) {
      unit[i] = (float) (vector[i] / length);
    }
    return unit;
  }

  private static double product(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum;
  }

  private static float[][] send(EmbeddedKafka kafka, int nodes, int dimension) throws Exception {
    List<Future<RecordMetadata>> sent = new ArrayList<>();
    float[][] vectors = new float[nodes][dimension];
    SplittableRandom random = new SplittableRandom(91);
    float[][] centres = new float[CENTRES][dimension];
    for (float[] centre : centres) {
      for (int i = 0; i < dimension; i++) {
        centre[i] = (float) (random.nextDouble() - 0.5);
      }
    }
    try (KafkaProducer<String, String> producer = ServedTopics.producer(kafka)) {
      for (int node = 0; node < nodes; node++) {
        float[] centre = centres[random.nextInt(CENTRES)];
        StringJoiner vector = new StringJoiner(",");
        for (int i = 0; i < dimension; i++) {
          vectors[node][i] = (float) (centre[i] + 0.5 * (random.nextDouble() - 0.5));
          vector.add(String.valueOf(vectors[node][i]));
        }
        String value =
            """
            {"node":"n%d","key":"%d","vector":[%s],"window":1,"timestamp":5,"interactions":1,"modelVersion":"m","neighbours":[]}"""
                .formatted(node, node, vector);
        sent.add(producer.send(new ProducerRecord<>("kith.embeddings", "n" + node, value)));
      }
      for (Future<RecordMetadata> each : sent) {
        each.get();
      }
    }
    return vectors;
  }

  private static Process start(EmbeddedKafka kafka, Path state) throws IOException {
    Path target = Home.root().resolve("streams").resolve("target");
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx768m",
            "-XX:+UseSerialGC",
            "-cp",
            target.resolve("classes") + ":" + target.resolve("lib") + "/*",
            "io.kith.streams.serve.ServeMain",
            "--bootstrap-servers=" + kafka.bootstrapServers(),
            "--listen=" + ADDRESS.substring("http://".length()),
            "--state-dir=" + state)
        .inheritIO()
        .start();
  }

  /** Sum of the figures whose line begins so; 0 where there is none. */
  private static double figure(String name) {
    String text = status("/health/live") == 0 ? "" : get("/metrics");
    return text.lines()
        .filter(line -> line.startsWith(name))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
        .sum();
  }

  private static int status(String path) {
    try {
      return CLIENT.send(request(path), BodyHandlers.discarding()).statusCode();
    } catch (IOException e) {
      return 0;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String get(String path) {
    try {
      return CLIENT.send(request(path), BodyHandlers.ofString()).body();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException("no answer: path=" + path, e);
    }
  }

  private static HttpRequest request(String path) {
    return HttpRequest.newBuilder(URI.create(ADDRESS + path)).build();
  }

  private static double since(long began) {
    return (System.nanoTime() - began) / 1e9;
  }

  private static void await(Process process, BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      if (!process.isAlive()) {
        throw new IllegalStateException("the process has ended: exit=" + process.exitValue());
      }
      LockSupport.parkNanos(100_000_000);
    }
  }
}
