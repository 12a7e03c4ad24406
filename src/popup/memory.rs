//! What the allocator is told before it is asked for anything.

/// From so many bytes on, memory is the system's own, and goes back to it at once.
const LARGE: libc::c_int = 512 * 1024;

/// Keeps the megabytes that a first picture needs for milliseconds from staying: left to itself,
/// glibc keeps pieces as large as the largest that was ever given back. Called first of all.
pub fn give_back() {
    #[cfg(target_env = "gnu")]
    // SAFETY: it changes numbers of the allocator's, and no other thread allocates yet.
    #[allow(unsafe_code)]
    unsafe {
        libc::mallopt(libc::M_MMAP_THRESHOLD, LARGE);
        // Threads that live for milliseconds get no memory of their own, which would stay.
        libc::mallopt(libc::M_ARENA_MAX, 1);
    }
}
