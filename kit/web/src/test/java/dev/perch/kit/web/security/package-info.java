@NullMarked
package dev.perch.kit.web.security;

import org.jspecify.annotations.NullMarked;
