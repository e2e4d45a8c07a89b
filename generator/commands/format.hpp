/// How commands print their results.
#pragma once

namespace bpfbuild::commands {

enum class Format { text /* for people */, json /* for programs */ };

}  // namespace bpfbuild::commands
