package io.kith.deploy.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The job on a cluster, handled as operators do: by {@code deploy/ops/flink-job}. One thread. */
final class FlinkJobScript {
  private static final String SCRIPT = Path.of("ops", "flink-job").toAbsolutePath().toString();
  private static final String JAR = Path.of("target", "kith-job.jar").toAbsolutePath().toString();

  private final HttpClient http = HttpClient.newHttpClient();
  private final ObjectMapper json = new ObjectMapper();
  private final String rest;
  private String job;

  FlinkJobScript(String rest) {
    this.rest = rest;
  }

  void submit(String... arguments) throws Exception {
    job = run(command("submit", JAR, "--"), arguments);
  }

  void submitFrom(String savepoint, String... arguments) throws Exception {
    job = run(command("submit", JAR, "--from", savepoint, "--"), arguments);
  }

  String savepoint(String folder) throws Exception {
    return run(command("savepoint", job, folder));
  }

  String stop(String folder) throws Exception {
    return run(command("stop", job, folder));
  }

  String newestCheckpoint() throws Exception {
    return run(command("checkpoint", job));
  }

  void cancel() throws Exception {
    run(command("cancel", job));
  }

  String status() throws Exception {
    return run(command("status", job));
  }

  /** When the newest completed checkpoint was begun, ms since 1970; 0 for none. */
  long newestTriggered() throws IOException, InterruptedException {
    return checkpoints().at("/latest/completed/trigger_timestamp").asLong();
  }

  /** Where the job went on from; empty where it began anew. */
  String restoredFrom() throws IOException, InterruptedException {
    return checkpoints().at("/latest/restored/external_path").asText();
  }

  private JsonNode checkpoints() throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(rest + "/jobs/" + job + "/checkpoints")).build();
    HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
    return json.readTree(answer.body());
  }

  private List<String> command(String name, String... rest) {
    List<String> command = new ArrayList<>(List.of("bash", SCRIPT, name, this.rest));
    command.addAll(List.of(rest));
    return command;
  }

  private static String run(List<String> command, String... more)
      throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(command);
    all.addAll(List.of(more));
    Process process =
        new ProcessBuilder(all).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new AssertionError("script failed: command=%s, said=%s".formatted(all, said));
    }
    return said.strip();
  }
}
