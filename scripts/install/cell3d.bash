# Completion of cell3d for bash: the program itself knows its commands and options.
_cell3d() {
    local word=${COMP_WORDS[COMP_CWORD]} line=$COMP_LINE
    local IFS=$'\n'
    COMPREPLY=()
    if [[ $word == -* || $COMP_CWORD -eq 1 ]]; then
        # shellcheck disable=SC2207 # one suggestion a line, without blanks
        COMPREPLY=($(compgen -W "$("${COMP_WORDS[0]}" "[suggest:$COMP_POINT]" "$line" 2>/dev/null)" -- "$word"))
    fi
}
complete -o bashdefault -o default -F _cell3d cell3d
