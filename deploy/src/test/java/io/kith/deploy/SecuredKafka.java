package io.kith.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kith.deploy.local.EmbeddedKafka;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * An embedded broker that nobody reaches but by TLS and with a password (SASL_SSL, PLAIN). Its
 * certificate is made by the JDK's keytool and signed by itself.
 */
final class SecuredKafka implements AutoCloseable {
  /** What only clients know. None of it may be seen anywhere. */
  static final String PASSWORD = "s3cr3t-of-the-client";

  static final String STORE_PASSWORD = "s3cr3t-of-the-store";

  private static final String LOGIN =
      "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"%s\" password=\"%s\"";
  private static final String STORE = "PKCS12";

  private final EmbeddedKafka kafka;
  private final Path trusted;

  private SecuredKafka(EmbeddedKafka kafka, Path trusted) {
    this.kafka = kafka;
    this.trusted = trusted;
  }

  static SecuredKafka start(Path folder) throws IOException, InterruptedException {
    Files.createDirectories(folder);
    Path own = folder.resolve("broker.p12");
    Path certificate = folder.resolve("broker.crt");
    Path trusted = folder.resolve("trusted.p12");
    String of = "-alias broker -storetype PKCS12 -storepass " + STORE_PASSWORD + " -keystore ";
    keytool(
        "-genkeypair -keyalg RSA -keysize 2048 -dname CN=localhost -ext SAN=ip:127.0.0.1 "
            + of
            + own);
    keytool("-exportcert -file " + certificate + " " + of + own);
    keytool("-importcert -noprompt -file " + certificate + " " + of + trusted);
    Map<String, String> settings =
        Map.ofEntries(
            Map.entry("listener.security.protocol.map", "CLIENTS:SASL_SSL,CONTROLLER:PLAINTEXT"),
            Map.entry("sasl.enabled.mechanisms", "PLAIN"),
            Map.entry("sasl.mechanism.inter.broker.protocol", "PLAIN"),
            Map.entry(
                "listener.name.clients.plain.sasl.jaas.config",
                LOGIN.formatted("broker", "b")
                    + " user_broker=\"b\" user_kith=\"%s\";".formatted(PASSWORD)),
            Map.entry("ssl.keystore.type", STORE),
            Map.entry("ssl.keystore.location", own.toString()),
            Map.entry("ssl.keystore.password", STORE_PASSWORD),
            Map.entry("ssl.key.password", STORE_PASSWORD),
            Map.entry("ssl.truststore.type", STORE),
            Map.entry("ssl.truststore.location", trusted.toString()),
            Map.entry("ssl.truststore.password", STORE_PASSWORD));
    return new SecuredKafka(
        EmbeddedKafka.start(folder.resolve("data"), 0, false, settings), trusted);
  }

  private static void keytool(String arguments) throws IOException, InterruptedException {
    Path tool = Path.of(System.getProperty("java.home"), "bin", "keytool");
    Process process =
        new ProcessBuilder((tool + " " + arguments).split(" ")).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException("keytool has failed: said=" + said.strip());
    }
  }

  String bootstrapServers() {
    return kafka.bootstrapServers();
  }

  /** What a client must set. */
  Map<String, String> client() {
    return Map.of(
        "security.protocol",
        "SASL_SSL",
        "sasl.mechanism",
        "PLAIN",
        "ssl.truststore.type",
        STORE,
        "ssl.truststore.location",
        trusted.toString(),
        "ssl.truststore.password",
        STORE_PASSWORD,
        "sasl.jaas.config",
        login(PASSWORD));
  }

  /** The setting {@code sasl.jaas.config} with this password. */
  static String login(String password) {
    return LOGIN.formatted("kith", password) + ";";
  }

  /** What nobody may see. */
  static List<String> secrets() {
    return List.of(PASSWORD, STORE_PASSWORD);
  }

  @Override
  public void close() {
    kafka.close();
  }
}
