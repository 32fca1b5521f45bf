package org.ridgeline.dataset;

/**
 * A fingerprint of the files that rows come from.
 *
 * @param count how many
 * @param bytes their size
 * @param sha256 of their paths, lengths and modification times, in the order of paths
 */
public record InputFiles(int count, long bytes, String sha256) {}
