/** Every version of every resource, and resources that are kept as documents. */
@NullMarked
package dev.perch.kit.timeline;

import org.jspecify.annotations.NullMarked;
