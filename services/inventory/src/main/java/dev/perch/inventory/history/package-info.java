/** What differs between a host then and now, and between one host and another. */
@NullMarked
package dev.perch.inventory.history;

import org.jspecify.annotations.NullMarked;
