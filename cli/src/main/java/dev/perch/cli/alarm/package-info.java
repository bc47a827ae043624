/** {@code perch alarms}. */
@NullMarked
package dev.perch.cli.alarm;

import org.jspecify.annotations.NullMarked;
