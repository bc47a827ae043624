@NullMarked
package dev.perch.kit.web.input;

import org.jspecify.annotations.NullMarked;
