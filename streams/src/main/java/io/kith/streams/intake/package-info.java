/**
 * {@code kith intake}: foreign events become interactions. Opening an envelope, reading an
 * interaction out of it and knowing duplicates is plain code; {@link
 * io.kith.streams.intake.IntakeProcessor} alone ties it to Kafka Streams.
 */
package io.kith.streams.intake;
