/** Every version of every resource, who made it and why; reads as of an instant. */
@NullMarked
package dev.perch.inventory.timeline;

import org.jspecify.annotations.NullMarked;
