package io.kith.deploy.settings;

import java.util.Map;
import java.util.Optional;

/** Which properties of Kafka's clients are not for the user to set, and what to set instead. */
final class KafkaProperties {
  private static final Map<String, String> REFUSED =
      Map.of(
          "bootstrap.servers", "set bootstrap-servers",
          "key.serializer", "leave it out",
          "value.serializer", "leave it out",
          "key.deserializer", "leave it out",
          "value.deserializer", "leave it out",
          "transactional.id", "set delivery",
          "isolation.level", "set delivery");

  private KafkaProperties() {}

  /** What to do instead, where the property is refused. */
  static Optional<String> refused(String property) {
    return Optional.ofNullable(REFUSED.get(property));
  }
}
