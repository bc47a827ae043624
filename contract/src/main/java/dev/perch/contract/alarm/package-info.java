/** Alarms after ITU-T X.733: the catalogue of what can go wrong, and what is wrong now. */
@NullMarked
package dev.perch.contract.alarm;

import org.jspecify.annotations.NullMarked;
