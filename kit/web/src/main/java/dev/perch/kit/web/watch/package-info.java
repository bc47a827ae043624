/** Server-sent events over a change topic, with cursors that every replica understands. */
@NullMarked
package dev.perch.kit.web.watch;

import org.jspecify.annotations.NullMarked;
