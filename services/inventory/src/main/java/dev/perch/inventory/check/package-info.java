/**
 * The named checks that come before an action: one file per group, all of them asked, each with
 * what was found and what to do about it.
 */
@NullMarked
package dev.perch.inventory.check;

import org.jspecify.annotations.NullMarked;
