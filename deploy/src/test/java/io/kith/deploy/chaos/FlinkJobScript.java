package io.kith.deploy.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The job on a cluster, handled as operators do: by {@code deploy/ops}. One thread. */
final class FlinkJobScript {
  private static final String JAR = Path.of("target", "kith-job.jar").toAbsolutePath().toString();

  private final HttpClient http = HttpClient.newHttpClient();
  private final ObjectMapper json = new ObjectMapper();
  private final String rest;
  private String job;

  FlinkJobScript(String rest) {
    this.rest = rest;
  }

  /** Goes on with a job that was submitted otherwise. */
  void adopt(String running) {
    job = running;
  }

  void submit(String... arguments) throws Exception {
    job = flinkJob(arguments, "submit", rest, JAR, "--").get(0);
  }

  void submitFrom(String savepoint, String... arguments) throws Exception {
    job = flinkJob(arguments, "submit", rest, JAR, "--from", savepoint, "--").get(0);
  }

  /**
   * Stops the job, and goes on with these arguments.
   *
   * @return the savepoint between the two
   */
  String upgrade(String folder, String... arguments) throws Exception {
    List<String> said = flinkJob(arguments, "upgrade", rest, job, folder, JAR, "--");
    job = said.get(1);
    return said.get(0);
  }

  void rollback(String savepoint, String... arguments) throws Exception {
    job = flinkJob(arguments, "rollback", rest, job, savepoint, JAR, "--").get(0);
  }

  /**
   * Starts a second job on the same interactions, with another model.
   *
   * @param model where it stands in the job manager
   * @param next prefix of its own topics
   */
  FlinkJobScript changeModel(
      String servers, String prefix, String next, String model, String... arguments)
      throws Exception {
    List<String> all = new ArrayList<>(List.of(rest, JAR, servers, prefix, next, "--"));
    all.addAll(List.of(arguments));
    all.addAll(List.of("--model", model));
    FlinkJobScript other = new FlinkJobScript(rest);
    List<String> said = OpsScript.run("change-model", all);
    other.job = said.get(said.size() - 1);
    return other;
  }

  String savepoint(String folder) throws Exception {
    return flinkJob(new String[0], "savepoint", rest, job, folder).get(0);
  }

  String stop(String folder) throws Exception {
    return flinkJob(new String[0], "stop", rest, job, folder).get(0);
  }

  String newestCheckpoint() throws Exception {
    return flinkJob(new String[0], "checkpoint", rest, job).get(0);
  }

  void cancel() throws Exception {
    flinkJob(new String[0], "cancel", rest, job);
  }

  String status() throws Exception {
    return flinkJob(new String[0], "status", rest, job).get(0);
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

  private static List<String> flinkJob(String[] more, String... command)
      throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(List.of(command));
    all.addAll(List.of(more));
    return OpsScript.run("flink-job", all);
  }
}
