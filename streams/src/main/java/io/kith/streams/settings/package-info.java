/** Settings of an application from flags, a file and the environment, with all faults at once. */
package io.kith.streams.settings;
