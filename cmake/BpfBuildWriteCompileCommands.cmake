# cmake -DCOMPILE_COMMANDS=<build>/compile_commands.json -DOBJECTS=<file>
#       -P BpfBuildWriteCompileCommands.cmake
#
# Adds the BPF sources to compile_commands.json, from which the Makefile
# generators leave out all languages that CMake does not know, and which they do not
# write when nothing else is compiled.  The commands are read from the makefiles of
# each target, in the folder that its object files, the lines of OBJECTS, are below.

cmake_minimum_required(VERSION 3.22)

# Sets <result> to the JSON string of <text>.
function(quote_json text result)
  string(REPLACE "\\" "\\\\" text "${text}")
  string(REPLACE "\"" "\\\"" text "${text}")
  set(${result} "\"${text}\"" PARENT_SCOPE)
endfunction()

set(database "[")
if(EXISTS "${COMPILE_COMMANDS}")
  file(READ "${COMPILE_COMMANDS}" database)
  string(REGEX REPLACE "\n\\]\n*$" "" database "${database}")
endif()

file(STRINGS "${OBJECTS}" objects)
set(folders "")
foreach(folder IN LISTS objects)
  while(NOT EXISTS "${folder}/flags.make" AND NOT folder STREQUAL "/")
    cmake_path(GET folder PARENT_PATH folder)
  endwhile()
  list(APPEND folders "${folder}")
endforeach()
list(REMOVE_DUPLICATES folders)

foreach(folder IN LISTS folders)
  file(READ "${folder}/flags.make" flags)
  file(STRINGS "${folder}/build.make" recipes REGEX "^\t.* -x c -c ")
  foreach(recipe IN LISTS recipes)
    foreach(variable IN ITEMS BPF_DEFINES BPF_INCLUDES BPF_FLAGS)
      string(REGEX MATCH "\n${variable} = ([^\n]*)" line "${flags}")
      string(REPLACE "$(${variable})" "${CMAKE_MATCH_1}" recipe "${recipe}")
    endforeach()
    # "<tab>cd <folder> && <command>", or without cd in the build's own folder.
    string(STRIP "${recipe}" command)
    cmake_path(GET COMPILE_COMMANDS PARENT_PATH directory)
    if(command MATCHES "^cd (.*) && (.*)$")
      set(directory "${CMAKE_MATCH_1}")
      set(command "${CMAKE_MATCH_2}")
      string(REGEX REPLACE "^\"(.*)\"$" "\\1" directory "${directory}")
    endif()
    # What launches the compiler is not part of its command.
    string(REGEX REPLACE "^sh \"[^\"]*/BpfBuildHint\\.sh\" \"[^\"]*\" +" "" command "${command}")
    string(REGEX REPLACE ".* -x c -c \"?([^\"]*)\"?$" "\\1" file "${command}")
    foreach(value IN ITEMS directory command file)
      quote_json("${${value}}" ${value})
    endforeach()
    set(entry "{\n  \"directory\": ${directory},\n  \"command\": ${command},\n  \"file\": ${file}\n}")
    string(FIND "${database}" "${entry}" position)
    if(position EQUAL -1)
      if(NOT database STREQUAL "[")
        string(APPEND database ",")
      endif()
      string(APPEND database "\n${entry}")
    endif()
  endforeach()
endforeach()
file(WRITE "${COMPILE_COMMANDS}" "${database}\n]\n")
