// Nothing here is needed: without it forms are sent and texts copied by hand.
for (const button of document.querySelectorAll('[data-copy]')) {
  button.hidden = !navigator.clipboard;
  button.addEventListener('click', async () => {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent);
    button.textContent = 'Copied';
  });
}
// To load the page again shows it, and sends no form again.
if (document.body.dataset.address) history.replaceState(null, '', document.body.dataset.address);
document.querySelector('select[name=user]')?.addEventListener('change', (event) => event.target.form.submit());
