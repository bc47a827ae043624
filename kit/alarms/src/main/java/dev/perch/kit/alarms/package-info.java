/** Alarms are rows first. */
@NullMarked
package dev.perch.kit.alarms;

import org.jspecify.annotations.NullMarked;
