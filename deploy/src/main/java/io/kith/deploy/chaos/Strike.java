package io.kith.deploy.chaos;

/**
 * One kill.
 *
 * @param place which of several of its kind dies, modulo their number; not negative
 * @param orderly whether it is asked to stop rather than killed with SIGKILL
 * @param inRecovery whether it falls without waiting for the job to run again after the one before
 * @param afterMs time to wait: from the job running again, or from the one before
 * @param downMs how long it stays away
 */
record Strike(
    Victim victim, int place, boolean orderly, boolean inRecovery, long afterMs, long downMs) {}
