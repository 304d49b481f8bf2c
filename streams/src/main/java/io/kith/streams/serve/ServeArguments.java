package io.kith.streams.serve;

import io.kith.streams.settings.GivenSettings;
import io.kith.streams.settings.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.state.HostInfo;

/** Reads {@link ServeSettings} from a command line. One thread. */
final class ServeArguments {
  static final String TOKEN_VARIABLE = "KITH_SERVE_TOKEN";
  private static final int MOST = 1_000_000;
  private static final long MIB = 1 << 20;

  private static final Map<String, ServeOption> OURS =
      Map.of(
          StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, ServeOption.BOOTSTRAP_SERVERS,
          StreamsConfig.APPLICATION_ID_CONFIG, ServeOption.APPLICATION_ID,
          StreamsConfig.APPLICATION_SERVER_CONFIG, ServeOption.ADVERTISE,
          StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, ServeOption.STANDBY_REPLICAS,
          StreamsConfig.STATE_DIR_CONFIG, ServeOption.STATE_DIR);

  private final GivenSettings given;
  private final Map<String, String> environment;

  ServeArguments(Map<String, String> environment, String... arguments) {
    this.environment = environment;
    this.given =
        new GivenSettings(
            List.of(ServeOption.values()), ServeOption.CONFIG, environment, arguments);
  }

  ServeSettings settings() {
    String prefix = given.name(ServeOption.PREFIX, given.text(ServeOption.PREFIX));
    HostInfo listen = address(ServeOption.LISTEN, 0);
    ServeSettings settings =
        new ServeSettings(
            given.servers(ServeOption.BOOTSTRAP_SERVERS),
            prefix,
            given.name(
                ServeOption.APPLICATION_ID,
                given.text(ServeOption.APPLICATION_ID, prefix + "-serve")),
            listen,
            given.text(ServeOption.ADVERTISE) == null
                ? Optional.empty()
                : Optional.of(address(ServeOption.ADVERTISE, 1)),
            token(),
            given.count(ServeOption.MAX_K, 1, 10_000),
            given.count(ServeOption.KEEP_PREDICTIONS, 1, 1000),
            given.flag(ServeOption.RECOMMENDATIONS),
            given.count(ServeOption.MAX_BODY, 1024, 100 * MOST),
            given.count(ServeOption.STANDBY_REPLICAS, 0, 10),
            given.count(ServeOption.MAX_STANDBY_LAG, 0, 100 * MOST),
            given.duration(ServeOption.PEER_TIMEOUT),
            given.count(ServeOption.STORE_MEMORY, 8, MOST) * MIB,
            given.path(ServeOption.STATE_DIR),
            given.kafka(OURS));
    if (settings.advertise().isEmpty() && isWildcard(listen.host())) {
      given.fault(
          ServeOption.ADVERTISE,
          "say where others reach this instance, for it listens on all",
          null);
    }
    if (given.isSound()) {
      checkKafka(settings);
    }
    given.refuseFaults();
    return settings;
  }

  private HostInfo address(Setting setting, int leastPort) {
    String value = given.text(setting);
    int colon = value.lastIndexOf(':');
    if (colon > 0 && value.substring(colon + 1).matches("\\d{1,5}")) {
      int port = Integer.parseInt(value.substring(colon + 1));
      if (port >= leastPort && port <= 65535) {
        return new HostInfo(value.substring(0, colon), port);
      }
    }
    given.fault(setting, "use host:port with a port from " + leastPort + " to 65535", value);
    return new HostInfo("127.0.0.1", 0);
  }

  private static boolean isWildcard(String host) {
    return host.equals("0.0.0.0") || host.equals("[::]");
  }

  /** Never part of a message: not the token, and not what the file holds. */
  private Optional<BearerToken> token() {
    String file = given.text(ServeOption.TOKEN_FILE);
    String variable = environment.get(TOKEN_VARIABLE);
    if (file == null && variable == null) {
      return Optional.empty();
    }
    if (file != null && variable != null) {
      given.fault(
          ServeOption.TOKEN_FILE, "leave one out, " + TOKEN_VARIABLE + " is set as well", file);
      return Optional.empty();
    }
    try {
      String token = file == null ? variable : Files.readString(Path.of(file));
      return Optional.of(new BearerToken(token.strip()));
    } catch (IOException e) {
      given.fault(ServeOption.TOKEN_FILE, "file unreadable, " + e, file);
    } catch (IllegalArgumentException e) {
      given.fault(e.getMessage() + ": from=" + (file == null ? TOKEN_VARIABLE : file));
    }
    return Optional.empty();
  }

  private void checkKafka(ServeSettings settings) {
    try {
      new StreamsConfig(settings.streamsProperties(new HostInfo("127.0.0.1", 1)));
    } catch (ConfigException e) {
      given.fault(
          "Kafka refuses its settings, " + e.getMessage() + ": kafka=" + settings.kafka().keySet());
    }
  }
}
