@NullMarked
package dev.perch.kit.web.watch;

import org.jspecify.annotations.NullMarked;
