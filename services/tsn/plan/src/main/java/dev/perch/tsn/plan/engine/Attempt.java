package dev.perch.tsn.plan.engine;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What was tried to place one tree of a stream, so that a refusal can be explained. */
public final class Attempt {
  /** Layouts that were searched without finding an offset. */
  final List<Layout> layouts = new ArrayList<>();

  /** The link at which each of them was met last. */
  final List<Integer> obstacles = new ArrayList<>();

  /** The layout with the least latency that still is too slow, if one was. */
  @Nullable Layout tooSlow;

  /** A layout on which a burst takes longer than an interval, if one was. */
  @Nullable Layout tooLong;

  /** An end station's only link that has no bandwidth left, or -1. */
  int full = -1;

  /** The port whose device cannot hold the gate list that a found place needs. */
  Gates.@Nullable Misfit misfit;

  /** Which of the stream's trees it is about. */
  int tree;

  /** True if there is no way to some listener. */
  boolean unreachable;

  void blocked(Layout layout, int obstacle) {
    layouts.add(layout);
    obstacles.add(obstacle);
  }

  void slow(Layout layout) {
    if (tooSlow == null || layout.latency < tooSlow.latency) {
      tooSlow = layout;
    }
  }
}
