/** {@code perch tsn}: plans, checks and lints time-aware schedules; needs no running Perch. */
@NullMarked
package dev.perch.cli.tsn;

import org.jspecify.annotations.NullMarked;
