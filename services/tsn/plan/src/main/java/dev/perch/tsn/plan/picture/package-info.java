/** Pictures of plans as SVG: what happens at a port, and how a stream travels. */
@NullMarked
package dev.perch.tsn.plan.picture;

import org.jspecify.annotations.NullMarked;
