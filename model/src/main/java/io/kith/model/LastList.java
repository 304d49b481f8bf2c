package io.kith.model;

/**
 * The list of next partners that the source of an interaction had before it: the last one made
 * after a window before that of the interaction.
 *
 * @param window number of the window after which the list was made
 * @param k how many partners it was to have; where there were fewer candidates it has fewer
 * @param position place of the interaction's target in it, from 1; null where it is not listed
 */
public record LastList(long window, int k, Integer position) {}
