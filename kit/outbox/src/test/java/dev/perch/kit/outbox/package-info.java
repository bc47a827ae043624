@NullMarked
package dev.perch.kit.outbox;

import org.jspecify.annotations.NullMarked;
