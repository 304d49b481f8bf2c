package io.kith.streams.intake;

import io.kith.model.Interaction;
import java.util.Optional;

/**
 * What was read out of an event.
 *
 * @param eventId by which copies are known; empty where events have none
 */
record ForeignInteraction(Interaction interaction, Optional<String> eventId) {}
