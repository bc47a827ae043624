@NullMarked
package dev.perch.kit.timeline;

import org.jspecify.annotations.NullMarked;
