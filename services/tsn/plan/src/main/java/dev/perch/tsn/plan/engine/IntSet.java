package dev.perch.tsn.plan.engine;

import java.util.Arrays;

/** A few distinct ints in the order they were added; membership is a look through all of them. */
final class IntSet {
  private int[] items = new int[16];
  private int size;

  void clear() {
    size = 0;
  }

  int size() {
    return size;
  }

  int get(int index) {
    return items[index];
  }

  boolean contains(int item) {
    for (int i = 0; i < size; i++) {
      if (items[i] == item) {
        return true;
      }
    }
    return false;
  }

  boolean add(int item) {
    if (contains(item)) {
      return false;
    }
    append(item);
    return true;
  }

  /** Adds an item that is known not to be there, or may be there twice. */
  void append(int item) {
    if (size == items.length) {
      items = Arrays.copyOf(items, size * 2);
    }
    items[size++] = item;
  }

  int[] toArray() {
    return Arrays.copyOf(items, size);
  }
}
