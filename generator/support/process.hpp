/// Running other programs.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace bpfbuild {

/// Runs a program, the first of the arguments, which is looked for in PATH, with all it prints in a file,
/// or where this process prints when none is named. Its exit code, 128 and more for a signal; or nothing when
/// it cannot be started, with errno.
std::optional<int> run(const std::vector<std::string>& arguments, const std::filesystem::path& output = {});

/// The same, with all that it and its children print handed to `take`, piece by piece.
std::optional<int> run(const std::vector<std::string>& arguments,
                       const std::function<void(std::string_view)>& take);

}  // namespace bpfbuild
