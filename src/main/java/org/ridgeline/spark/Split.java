package org.ridgeline.spark;

import java.util.Iterator;

/**
 * A split of the input while a task reads it.
 *
 * @param number its place among all splits
 * @param elements its rows, or batches of them, to be read once
 * @param <T> what it is made of
 */
record Split<T>(int number, Iterator<T> elements) {}
