"""Stop words: small words that a query leaves out as long as it has others."""

from caliber_site.search.analysis import fold

STOP_WORDS = frozenset(
    fold(word)
    for word in (
        "a an and are as at be but by for from has have he her his how i in is it its not of on "
        "or our she that the their they this to was we were what when where which who why will "
        "with you your "
        "а без бы был была были было быть в во вы где да для до его ее если есть еще же за и из "
        "или им их к как ко когда кто ли мы на не него нее ни но о об он она они оно от по под "
        "при с со так то только у что чтобы это этот я "
        "այդ այն այս ավելի դա դե դրա եթե ես են եմ ենք եք է էլ էին էր ըստ թե ի ին իր իրենց իսկ "
        "կամ հետ համար մասին մեր մեջ նա նաև նրա նրանք որ որը որոնք ով ու ում և վրա"
    ).split()
)
"""Folded, in all languages at once: a text may have words of another one."""
